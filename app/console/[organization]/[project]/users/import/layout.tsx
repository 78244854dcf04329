import { withMessages } from '../../../../with-messages';

export default withMessages(
  'consoleImport.upload',
  'consoleImport.file',
  'consoleImport.columns',
  'consoleImport.rules',
  'consoleImport.check',
  'consoleImport.start',
  'consoleImport.cancel',
  'consoleImport.run',
);
