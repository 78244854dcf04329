import type { PersonNamespace } from '../../catalogue';

export const signInAlert: PersonNamespace<'signInAlert'> = {
  title: 'ألم تكن أنت من سجّل الدخول؟',
  lead: 'ينهي هذا تسجيل الدخول إلى {project} الذي تتحدث عنه الرسالة.',
  effect: 'بعد ذلك تسجّل الدخول وترى مفاتيح المرور والجلسات. احذف مفاتيح المرور التي لا تعرفها.',
  button: 'إنهاء تسجيل الدخول هذا',
  expiredTitle: 'لم يعد هذا الرابط يعمل',
  expiredBody: 'استُخدم الرابط من قبل أو انتهت صلاحيته. سجّل الدخول للتحقق من مفاتيح المرور والجلسات.',
  expiredAction: 'تسجيل الدخول',
};
