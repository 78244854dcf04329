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
  unused: 'غير مستخدمة',
  otherDevices: 'رموز لأجهزة أخرى',
  outcome: 'النتيجة',
  pairing:
    '{state, select, requested {طلب إضافة مفتاح مرور} confirmed {تم التأكيد} used {أضاف مفتاح مرور} refused {مرفوض} cancelled {ملغى} other {لم يُستخدم}}',
  allowed: 'مسموح به',
  none: 'لا شيء',
};
