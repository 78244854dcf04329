import type { PersonNamespace } from '../../catalogue';

export const activity: PersonNamespace<'activity'> = {
  by: {
    operator: 'بواسطة مشرف',
    program: 'عبر واجهة برمجة التطبيقات',
    system: 'تلقائيًا',
  },
  identity: {
    created: 'تم إنشاء الحساب',
    updated: 'تم تغيير إعدادات الحساب',
    picture_changed: 'تم تغيير الصورة',
    picture_removed: 'تمت إزالة الصورة',
    deleted: 'تم حذف الحساب',
    restored: 'تمت استعادة الحساب',
    purged: 'تم حذف الحساب نهائيًا',
    invited: 'تم إرسال دعوة للتسجيل',
    invitation_revoked: 'تم إلغاء دعوة للتسجيل',
    email_changed: 'تم تغيير عنوان البريد الإلكتروني إلى {email}',
    address_verified: 'تم التحقق من عنوان البريد الإلكتروني {email}',
    email_change_undone: 'تم التراجع عن تغيير عنوان البريد الإلكتروني',
    identifier_displaced: 'عنوان بريدك الإلكتروني يفتح الآن حسابًا أقدم يستخدم العنوان نفسه',
    recovery_issued: 'تم إنشاء رابط استرداد',
    deletion_requested: 'تم طلب حذف الحساب',
    deletion_cancelled: 'تم إلغاء حذف الحساب',
    exported: 'تم تصدير المستخدمين',
    activated: 'تم تفعيل الحساب',
    deactivated: 'تم تعطيل الحساب',
  },
  session: {
    started:
      'تسجيل دخول{method, select, passkey { بمفتاح مرور} code { برمز من البريد الإلكتروني} link { برابط من البريد الإلكتروني} recovery { برابط أو رمز استرداد} setup { أثناء الإعداد} other {}}',
    replaced:
      'تم تأكيد الهوية{method, select, passkey { بمفتاح مرور} code { برمز من البريد الإلكتروني} link { برابط من البريد الإلكتروني} other {}}',
    ended: 'تم تسجيل الخروج من {device}',
    ended_unknown: 'تم تسجيل الخروج من جهاز غير معروف',
    ended_limit: 'تم تسجيل الخروج من {device}: جلسات كثيرة جدًا',
    ended_others:
      'تم تسجيل الخروج من {count, plural, zero {جلسات أخرى} one {جلسة أخرى} two {جلستين أخريين} few {# جلسات أخرى} many {# جلسة أخرى} other {# جلسة أخرى}}',
    ended_all:
      'تم تسجيل الخروج من كل مكان: {count, plural, zero {لا جلسات} one {جلسة واحدة} two {جلستان} few {# جلسات} many {# جلسة} other {# جلسة}}',
  },
  sign_in: {
    refused:
      '{purpose, select, step_up {رُفضت محاولة تأكيد هويتك} email_change {رُفضت محاولة تغيير عنوان البريد الإلكتروني} other {رُفضت محاولة تسجيل دخول}}',
    disowned: 'أُبلغ عن تسجيل دخول بأنه ليس منك وتم إنهاؤه',
  },
  refusal: {
    code_wrong: 'رمز خاطئ',
    inactive_identity: 'الحساب معطّل',
    ceremony_expired: 'وصل الرد متأخرًا',
  },
  passkeyRefusal: {
    malformed_response: 'استجابة غير مقروءة',
    wrong_ceremony: 'استجابة لنوع آخر من الطلبات',
    wrong_challenge: 'استجابة لطلب آخر',
    wrong_origin: 'استُخدم مفتاح المرور في موقع آخر',
    framed: 'استُخدم مفتاح المرور في صفحة مضمّنة داخل موقع آخر',
    wrong_rp_id: 'مفتاح المرور يخص نطاقًا آخر',
    user_not_present: 'لا يوجد تأكيد على الجهاز',
    user_not_verified: 'لم يُتحقق من البصمة أو الوجه أو رقم PIN على الجهاز',
    impossible_backup_state: 'مؤشرات النسخ الاحتياطي متناقضة',
    changed_backup_eligibility: 'تغيّرت قابلية النسخ الاحتياطي',
    attestation_format: 'صيغة المصادقة على الجهاز غير مقبولة',
    unsupported_algorithm: 'خوارزمية التوقيع غير مدعومة',
    unusable_key: 'المفتاح العام غير قابل للاستخدام',
    wrong_credential_id: 'معرّف مفتاح المرور غير مطابق',
    wrong_user: 'مفتاح مرور لحساب آخر',
    wrong_signature: 'توقيع خاطئ',
  },
  passkey: {
    invited: 'أُرسلت دعوة لإضافة مفتاح مرور',
    added: 'تمت إضافة مفتاح المرور «{name}»',
    renamed: 'تمت إعادة تسمية مفتاح المرور «{before}» إلى «{name}»',
    deleted: 'تم حذف مفتاح المرور «{name}»',
    refused: 'رُفض مفتاح مرور جديد',
    counter_warning: 'استخدام غير معتاد لمفتاح المرور «{name}»: ربما تم نسخه',
  },
  recovery_code: {
    created: 'أُنشئت رموز الاسترداد',
    used: 'استُخدم رمز استرداد: {left, plural, =0 {لم يبقَ أي رمز} zero {لم يبقَ أي رمز} one {بقي رمز واحد} two {بقي رمزان} few {بقيت # رموز} many {بقي # رمزًا} other {بقي # رمز}}',
    revoked: 'حُذفت رموز الاسترداد',
  },
  pairing: {
    started: 'عُرض رمز لجهاز آخر',
    requested: 'طلب جهاز آخر إضافة مفتاح مرور: {device}',
    confirmed: 'أُكِّد جهاز آخر: {device}',
    ended: '{reason, select, refused {رُفض جهاز آخر} other {أُلغي رمز لجهاز آخر}}',
  },
  operator: {
    added: 'أصبحت مشغّلًا',
    invited: 'تمت دعوة مشغّل',
    invitation_revoked: 'تم إلغاء دعوة مشغّل',
    role_changed: 'دورك كمشغّل هو الآن {role, select, owner {مالك} admin {مدير} viewer {مُشاهِد} other {دور آخر}}',
    removed: 'لم تعد مشغّلًا في {organization}',
  },
  api_credential: {
    created: 'تم إنشاء بيانات اعتماد API ‏«{name}»',
    updated: 'تم تعديل بيانات اعتماد API ‏«{name}»',
    rotated: 'تم تجديد سر بيانات اعتماد API ‏«{name}»',
    revoked: 'تم إبطال بيانات اعتماد API ‏«{name}»',
  },
  access_token: {
    revoked: 'تم إبطال رمز الوصول الخاص بـ ‏«{name}»',
  },
  logout_notice: { failed: 'تعذّر إبلاغ التطبيق ‏«{name}» بتسجيل الخروج' },
  schema: {
    created: 'تم إنشاء المخطط «{name}»',
    updated: 'إصدار جديد من المخطط «{name}»',
    version_withdrawn: 'تم سحب إصدار من المخطط «{name}»',
    version_restored: 'تمت استعادة إصدار من المخطط «{name}»',
    deleted: 'تم حذف المخطط «{name}»',
  },
  signing_key: {
    created: 'تم إنشاء مفتاح توقيع',
    rotated: 'تم تجديد مفاتيح التوقيع',
    revoked: 'تم إبطال مفتاح توقيع',
  },
  audit_event: {
    purged: 'تم حذف أحداث السجل المنتهية',
  },
  project: {
    created: 'تم إنشاء المشروع «{name}»',
    updated: 'تم تعديل إعدادات المشروع «{name}»',
    deleted: 'تم حذف المشروع «{name}»',
  },
  organization: {
    created: 'تم إنشاء المؤسسة «{name}»',
    updated: 'تم تعديل المؤسسة «{name}»',
    deleted: 'تم حذف المؤسسة «{name}»',
  },
  other: 'تم تغيير الحساب',
};
