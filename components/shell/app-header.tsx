import { ProjectMark } from '@/components/brand/project-mark';
import { Link } from '@/components/ui/link';
import { PersonMenu, type PersonMenuProps } from './person-menu';

type Props = { projectName: string; homeHref: string } & PersonMenuProps;

/** The bar over every page of a signed-in person. */
export function AppHeader({ projectName, homeHref, ...menu }: Props) {
  return (
    <header className="border-b border-line bg-raised">
      <div className="mx-auto flex min-h-14 w-full max-w-page items-center justify-between gap-4 px-4 py-1.5 sm:px-6">
        <Link href={homeHref} className="flex min-w-0 items-center gap-2.5 rounded-md font-semibold">
          <ProjectMark />
          <span className="min-w-0 wrap-anywhere">{projectName}</span>
        </Link>
        <PersonMenu {...menu} />
      </div>
    </header>
  );
}
