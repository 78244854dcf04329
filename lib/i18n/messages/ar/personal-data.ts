import type { PersonNamespace } from '../../catalogue';

export const personalData: PersonNamespace<'personalData'> = {
  title: '{name}: بياناتك لدى {project}',
  lead: 'أُنشئ في {date}. الأوقات بتوقيت UTC. يحتوي signet-data.json على البيانات نفسها للبرامج. لا يتضمن أسرارًا أو مفاتيح.',
  profile: 'الملف الشخصي',
  verified: 'عناوين البريد المؤكدة',
  id: 'معرّف الحساب',
  created: 'تاريخ الإنشاء',
  changed: 'آخر تغيير',
  externalId: 'المعرّف الخارجي',
  metadata: 'بيانات إضافية',
  name: 'الاسم',
  kept: 'التخزين',
  lastUsed: 'آخر استخدام',
  never: 'أبدًا',
  device: 'الجهاز',
  address: 'عنوان IP',
  signedIn: 'تسجيل الدخول',
  lastSeen: 'آخر نشاط',
  expires: 'تنتهي الصلاحية',
  none: 'لا شيء',
};
