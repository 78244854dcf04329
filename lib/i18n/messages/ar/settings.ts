import type { PersonNamespace } from '../../catalogue';

export const settings: PersonNamespace<'settings'> = {
  title: 'إعدادات الحساب',
  personal: {
    title: 'البيانات الشخصية',
    help: 'كيف تتم مخاطبتك. قد تراها التطبيقات التي تستخدمها بهذا الحساب.',
  },
  trait: {
    email: 'البريد الإلكتروني',
    first: 'الاسم الأول',
    last: 'اسم العائلة',
    'academic-degree': 'الدرجة العلمية',
  },
  saving: 'جارٍ الحفظ…',
  yes: 'نعم',
  no: 'لا',
  readOnly: 'لا يمكن تغيير هذا إلا بواسطة مشرف.',
  onePerLine: 'عنصر واحد في كل سطر.',
  once: 'يمكنك تعبئة هذا الحقل مرة واحدة فقط.',
  required: '(مطلوب)',
  violation: {
    required: 'أدخل {field}.',
    tooLong:
      '{field}: استخدم {max, plural, zero {# حرف} one {حرفًا واحدًا} two {حرفين} few {# أحرف} many {# حرفًا} other {# حرف}} على الأكثر.',
    tooShort:
      '{field}: استخدم {min, plural, zero {# حرف} one {حرفًا واحدًا} two {حرفين} few {# أحرف} many {# حرفًا} other {# حرف}} على الأقل.',
    format: 'الحقل {field} ليس بالصيغة المتوقعة.',
    email: 'أدخل عنوان بريد إلكتروني في {field}، مثل name@example.com.',
    url: 'أدخل عنوان ويب في {field}، مثل https://example.com.',
    date: 'أدخل تاريخًا في {field}.',
    phone: 'أدخل رقم هاتف في {field}، مثل +49 30 123456.',
    number: 'أدخل رقمًا في {field}، مثل 12.5.',
    integer: 'أدخل عددًا صحيحًا في {field}.',
    minimum: 'يجب ألا يقل {field} عن {limit, number}.',
    maximum: 'يجب ألا يزيد {field} على {limit, number}.',
    above: 'يجب أن يكون {field} أكبر من {limit, number}.',
    below: 'يجب أن يكون {field} أصغر من {limit, number}.',
    minItems:
      '{field}: أدخل {min, plural, zero {# عنصر} one {عنصرًا واحدًا} two {عنصرين} few {# عناصر} many {# عنصرًا} other {# عنصر}} على الأقل.',
    maxItems:
      '{field}: أدخل {max, plural, zero {# عنصر} one {عنصرًا واحدًا} two {عنصرين} few {# عناصر} many {# عنصرًا} other {# عنصر}} على الأكثر.',
    unique: 'يحتوي {field} على عنصر مكرر.',
    marks: '{field}: استخدم علامات تشكيل أقل لكل حرف.',
    choice: 'اختر إحدى القيم المدرجة للحقل {field}.',
    writeOnce: 'لا يمكن تعبئة {field} إلا مرة واحدة. اطلب من مشرف تغييره.',
    taken: 'قيمة الحقل {field} مستخدمة بالفعل في حساب آخر.',
    json: 'هذا ليس JSON صحيحًا. تحقق من علامات الاقتباس والفواصل والأقواس.',
    other: 'تحقق من الحقل {field}.',
  },
  email: {
    title: 'البريد الإلكتروني',
    help: 'تصل رموز تسجيل الدخول وإشعارات الأمان إلى هنا.',
    others: 'يمكنك أيضًا تسجيل الدخول بواسطة {identifiers}. إذا كان بينها ما لا تعرفه، فتواصل مع مشرف.',
    change: 'تغيير البريد الإلكتروني',
    newEmail: 'البريد الإلكتروني الجديد',
    send: 'إرسال الرمز',
    sent: 'أرسلنا رمزًا من ستة أرقام إلى {email}. يسري التغيير بمجرد إدخاله.',
    code: 'الرمز',
    changed: 'أصبح عنوان بريدك الإلكتروني {email}.',
    same: 'هذا هو عنوان بريدك الإلكتروني بالفعل.',
    notice: 'نرسل إشعارًا إلى {email} أيضًا، لتعرف إن غيّره شخص آخر.',
  },
  delete: {
    title: 'حذف الحساب',
    help: 'يحذف ملفك الشخصي ومفاتيح المرور والجلسات والبيانات المحفوظة. لا يمكن التراجع عن ذلك.',
    button: 'حذف الحساب',
    dialogTitle: 'هل تريد حذف الحساب؟',
    dialogBody:
      '{passkeys, plural, zero {} one {يُحذف مفتاح مرور واحد. } two {يُحذف مفتاحا مرور. } few {تُحذف # مفاتيح مرور. } many {يُحذف # مفتاح مرور. } other {يُحذف # مفتاح مرور. }}{sessions, plural, zero {} one {تنتهي جلسة واحدة. } two {تنتهي جلستان. } few {تنتهي # جلسات. } many {تنتهي # جلسة. } other {تنتهي # جلسة. }}يُزال كل ما هو محفوظ عنك. لا يمكن التراجع عن ذلك.',
  },
};
