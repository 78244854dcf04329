import type { PersonNamespace } from '../../catalogue';

export const picture: PersonNamespace<'picture'> = {
  title: 'الصورة',
  help: 'تظهر بجانب اسمك. قد تراها التطبيقات التي تستخدمها بهذا الحساب.',
  choose: 'اختيار صورة',
  replace: 'استبدال الصورة',
  remove: 'إزالة الصورة',
  formats: 'PNG أو JPEG أو WebP. أنت تختار الجزء الذي يظهر، وتبقى بيانات الموقع والكاميرا على جهازك.',
  saved: 'تم حفظ الصورة',
  removed: 'تمت إزالة الصورة',
  noScript: 'يتطلب اختيار صورة تفعيل JavaScript.',
  crop: {
    title: 'ضبط الصورة',
    help: 'اسحب الصورة أو استخدم أشرطة التمرير.',
    zoom: 'التكبير',
    horizontal: 'الموضع الأفقي',
    vertical: 'الموضع العمودي',
    save: 'حفظ الصورة',
    saving: 'جارٍ الحفظ…',
  },
  fault: {
    size: 'هذا الملف كبير جدًا. استخدم ملفًا لا يتجاوز 20 ميغابايت.',
    format: 'استخدم صورة بتنسيق PNG أو JPEG أو WebP.',
    unreadable: 'تتعذر قراءة هذه الصورة. قد تكون تالفة.',
    encoding: 'لا يستطيع هذا المتصفح تجهيز الصورة. جرّب متصفحًا آخر.',
  },
};
