import * as z from 'zod';
import { digest, foreignCursor, type OrganisationId } from '../../shared/kernel/index.ts';

/** What a cursor is bound to: it is refused for another organisation, list or filter. */
export interface Listing {
  readonly org: OrganisationId;
  /** The list and its filters, without cursor and limit. */
  readonly of: Readonly<Record<string, unknown>>;
}

const content = z.tuple([
  z.literal(1),
  z.string().length(24),
  // A position becomes a key, and no key has half of a character.
  z
    .array(
      z
        .string()
        .min(1)
        .max(512)
        .refine((text) => text.isWellFormed()),
    )
    .min(1)
    .max(8),
]);

/**
 * The cursor after a position. Nothing in it is secret and nothing in it is trusted: the partition that is read comes from the
 * caller's own organisation, so whoever forges one moves only inside a list that is theirs.
 */
export function writeCursor(listing: Listing, position: readonly string[]): string {
  return Buffer.from(JSON.stringify([1, bindingOf(listing), position])).toString('base64url');
}

/** The position in a cursor; `invalid` when it was not made for this listing. */
export function readCursor(listing: Listing, cursor: string): readonly string[] {
  const parsed = content.safeParse(decoded(cursor));
  if (parsed.success && parsed.data[1] === bindingOf(listing)) return parsed.data[2];
  throw foreignCursor();
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function bindingOf({ org, of }: Listing): string {
  const filters = Object.entries(of)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => JSON.stringify([name, value]))
    .sort();
  return digest(org, ...filters).slice(0, 24);
}
