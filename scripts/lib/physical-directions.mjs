/** Tailwind utilities and CSS that name the left or right side. They stay there in right-to-left scripts. */
const UTILITY =
  /(?<=[\s"'`:])-?(?:(?:m|p|scroll-m|scroll-p)[lr]-[\w./%[\]()-]+|(?:left|right)-(?:\d|px|auto|full|\[|\()[\w./%[\]()-]*|(?:border|rounded)-(?:[lr]|[tb][lr])(?:-[\w[\]()-]+)?|(?:text|float|clear)-(?:left|right))(?=[\s"'`])/g;
const PROPERTY =
  /(?<=[\s;{])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b/g;
const STYLE = /\b(?:margin|padding|border|scrollMargin|scrollPadding)(?:Left|Right)\w*(?=\s*:)/g;

/** What a source file of app/ or components/ should say by start and end instead. */
export function physicalDirections(file, text) {
  if (!/^(app|components)\/.*(?<!\.test)\.(tsx?|css)$/.test(file)) return [];
  const patterns = file.endsWith('.css') ? [PROPERTY, UTILITY] : [UTILITY, STYLE];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${file}:${line}: "${found.trim()}" names a side of the screen; use start and end`;
    }),
  );
}
