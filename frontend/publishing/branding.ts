import { isColour, isLogo } from '../../shared/status/branding.ts';
import { colourNames } from '../../shared/status/nouns.ts';
import type { Status } from './use-status.ts';

type Page = Status['page'];

/** What the form holds of a page's texts and look; an empty text takes one away. */
export type BrandingDraft = Readonly<
  Record<'name' | 'url' | 'header' | 'footer' | 'logo' | 'accent' | 'accentDark', string>
>;

/** A draft of what is published. */
export const draftOf = ({ name, url, header, footer, logo, colours }: Page): BrandingDraft => ({
  ...{ name, url: url ?? '', header: header ?? '', footer: footer ?? '', logo: logo ?? '' },
  ...{ accent: colours?.accent ?? '', accentDark: colours?.accentDark ?? '' },
});

/** What the API takes of a draft. */
export function bodyOf(draft: BrandingDraft) {
  const colours = coloursOf(draft);
  return {
    name: draft.name.trim(),
    url: draft.url.trim() || null,
    header: draft.header.trim() || null,
    footer: draft.footer.trim() || null,
    logo: draft.logo.trim() || null,
    colours: Object.keys(colours).length === 0 ? null : colours,
  };
}

const coloursOf = (draft: BrandingDraft) =>
  Object.fromEntries(colourNames.flatMap((name) => (draft[name] === '' ? [] : [[name, draft[name].trim()]])));

/**
 * The page as it would be with a draft. What is no logo or colour yet is left out, and a logo of another site: the console
 * loads nothing from elsewhere.
 */
export function drafted(page: Page, draft: BrandingDraft): Page {
  const { name, url, header, footer, logo } = bodyOf(draft);
  const colours = Object.fromEntries(Object.entries(coloursOf(draft)).filter(([, one]) => isColour(one)));
  return {
    id: page.id,
    name: name || page.name,
    ...(url !== null && { url }),
    ...(header !== null && { header }),
    ...(footer !== null && { footer }),
    ...(logo !== null && isLogo(logo) && logo.startsWith('data:') && { logo }),
    ...(Object.keys(colours).length > 0 && { colours }),
  };
}
