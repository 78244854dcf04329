import type { ComponentProps } from 'react';
import { Link } from '@/components/ui/link';
import { classes } from './classes';

/** Also for links to something other than a page, such as JSON. */
export const TEXT_LINK_STYLE = 'text-link';

/** A link in text: underlined, because color alone is not enough. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link {...rest} className={classes(TEXT_LINK_STYLE, className)} />;
}
