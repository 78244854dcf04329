import type { PersonNamespace } from '../../catalogue';

export const signOut: PersonNamespace<'signOut'> = {
  title: 'هل تريد تسجيل الخروج من {project}؟',
  lead: 'سيُسجَّل خروجك في هذا المتصفح، ومن التطبيقات التي فتحتها منه.',
  leadFor: 'يطلب {application} تسجيل خروجك. سيُسجَّل خروجك من {project} في هذا المتصفح، ومن التطبيقات التي فتحتها منه.',
  invalid:
    'لا يطابق طلب التطبيق ما هو مسجَّل له، لذلك ما زلت مسجّل الدخول. يمكنك تسجيل الخروج هنا، ولن يُفتح التطبيق بعد ذلك.',
  button: 'تسجيل الخروج',
  stay: 'البقاء مسجّل الدخول',
  doneTitle: 'تم تسجيل خروجك',
  doneLead: 'لم تعد مسجّل الدخول إلى {project} في هذا المتصفح.',
  back: 'العودة إلى {application}',
  signIn: 'تسجيل الدخول',
};
