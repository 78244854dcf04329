import { withMessages } from '@/app/console/with-messages';

export default withMessages('consoleTexts');
