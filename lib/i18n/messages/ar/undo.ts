import type { PersonNamespace } from '../../catalogue';

export const undo: PersonNamespace<'undo'> = {
  saved: 'حُفظت التغييرات.',
  done: 'تم التراجع عن التغيير.',
  refused: 'لم يتم التراجع عن هذا التغيير',
  before: 'قبل التغيير',
  after: 'بعد التغيير',
  now: 'الآن',
  notSet: 'غير محدد',
  laterChange: 'عرض التغيير اللاحق',
};
