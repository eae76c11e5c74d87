import { type Colours, colourNames } from './nouns.ts';
import { isWebAddress } from './prose.ts';

/** The most characters of a logo: an image that is larger belongs to an address of its own. */
export const MOST_LOGO = 16_384;

const dataImage = /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/;

/** Whether a text can be a page's logo: an https address, or an image of at most 16 KB in a data: URL. It is shown as an image only. */
export const isLogo = (text: string): boolean =>
  text.length <= MOST_LOGO && (dataImage.test(text) || (/^https:\/\//i.test(text) && isWebAddress(text)));

/** Whether a text is a colour as a page takes it: `#rrggbb`. */
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** The custom property of each colour that a page may choose. */
const properties = { accent: '--status-accent', accentDark: '--status-accent-dark' } as const;

/** The custom properties that these colours set, in a fixed order; what is no colour is left out. */
export function brandProperties(colours: Colours | undefined): readonly (readonly [string, string])[] {
  return colourNames.flatMap((name) => {
    const colour = colours?.[name];
    return colour !== undefined && isColour(colour)
      ? [[properties[name], colour.toLowerCase()] as const]
      : [];
  });
}

/** The style sheet of a published page: the common one, and the colours of this page. */
export function styleSheet(common: string, colours: Colours | undefined): string {
  const own = brandProperties(colours).map(([name, value]) => `${name}:${value}`);
  return own.length === 0 ? common : `${common}\n.status-page{${own.join(';')}}\n`;
}
