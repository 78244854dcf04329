import { NotFound } from '@/components/shell/not-found';
import { pageTitle } from '@/lib/web/page-title';

export const generateMetadata = pageTitle('common.notFound', 'title');

export default function NotFoundPage() {
  return <NotFound />;
}
