import { compareNewest } from '../../shared/incidents/index.ts';
import type { Sample } from '../../shared/metrics/index.ts';
import { type Listing, readCursor, writeCursor } from '../edge/page-token.ts';

interface Wanted extends Listing {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of samples, newest first; what was opened meanwhile does not move what comes after. */
export function pageOfSamples(
  samples: readonly Sample[],
  { cursor, limit, ...listing }: Wanted,
): { readonly samples: readonly Sample[]; readonly next?: string } {
  const ordered = [...samples].sort(compareNewest);
  const [at, id = ''] = cursor === undefined ? [] : readCursor(listing, cursor);
  const place = { openedAt: Number(at), id };
  const rest = at === undefined ? ordered : ordered.filter((sample) => compareNewest(place, sample) < 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  if (last === undefined || rest.length <= limit) return { samples: page };
  return { samples: page, next: writeCursor(listing, [String(last.openedAt), last.id]) };
}
