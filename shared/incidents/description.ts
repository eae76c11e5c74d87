import { linesOf, oneLine } from '../kernel/index.ts';

/** What was said of an incident beyond its title, line by line; none when that is nothing. */
export function descriptionLines({
  title,
  description = '',
}: {
  readonly title: string;
  readonly description?: string | undefined;
}): readonly string[] {
  const lines = linesOf(description);
  // Many senders put the title first once more.
  return lines[0] === oneLine(title) ? linesOf(lines.slice(1).join('\n')) : lines;
}

/** What its alerts have in common, in words; undefined for one alert alone, whose key is a digest, and for what people declared. */
export function groupText({
  correlation,
}: {
  readonly correlation?: { readonly key: string } | undefined;
}): string | undefined {
  return correlation?.key.startsWith('alert=') ? undefined : correlation && oneLine(correlation.key);
}

/** The address of a runbook that is one; others are words, such as the name of a page. One that was clipped leads nowhere. */
export function runbookAddress(runbook: string): string | undefined {
  return /^https?:.*[^…]$/is.test(runbook) ? (URL.parse(runbook)?.href ?? undefined) : undefined;
}
