import { withMessages } from '../../../../../with-messages';

export default withMessages('consoleSchemaChange.impact', 'consoleSchemaChange.move');
