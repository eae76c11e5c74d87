/** How much of a message is looked at. */
const LOOKED_AT = 20_000;

/** A message without the marks that say it is Markdown, and without its pictures. */
export function textIn(message: string | undefined): string | undefined {
  const text = (message ?? '')
    .slice(0, LOOKED_AT)
    .replaceAll('%%%', '')
    .replaceAll(/\[?!\[[^\]]{0,200}\]\([^)\s]{0,2000}\)(\]\([^)\s]{0,2000}\))?/g, '')
    // Line by line: as a pattern for blanks before a line's end, a long run of blanks would be read again from each of them.
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return text === '' ? undefined : text;
}

const MONITOR_LINK = /https:\/\/[\w.-]{1,200}\/monitors\/(\d{1,20})[^\s)\]"']{0,1000}/;

/** The number of the monitor that an address in a text leads to. */
export function monitorIn(text: string | undefined): string | undefined {
  return MONITOR_LINK.exec((text ?? '').slice(0, LOOKED_AT))?.[1];
}

/** That address. */
export function linkIn(text: string | undefined): string | undefined {
  return MONITOR_LINK.exec((text ?? '').slice(0, LOOKED_AT))?.[0];
}

/** The address of the first picture of a message. */
export function snapshotIn(text: string | undefined): string | undefined {
  return /!\[[^\]]{0,200}\]\((https:\/\/[^)\s]{1,1000})\)/.exec((text ?? '').slice(0, LOOKED_AT))?.[1];
}
