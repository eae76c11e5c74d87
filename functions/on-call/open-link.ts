import type { Incident } from '../../shared/incidents/index.ts';
import { type Person, type ResponseLink, type ResponsePage, readLink } from '../../shared/on-call/index.ts';
import { clock } from '../aws/clock.ts';
import { loadPaged } from './load.ts';
import { findPerson } from './roster.ts';
import { linkSigner } from './signature.ts';

/** What a link opens, or the page that says why it opens nothing. */
export type Opened =
  | { readonly link: ResponseLink; readonly incident: Incident; readonly person: Person }
  | { readonly page: Extract<ResponsePage, { readonly show: 'over' | 'refused' }> };

/** Reads a link and what it is about. Nothing is looked up for a link that we did not sign. */
export async function openLink(token: string): Promise<Opened> {
  const link = readLink(token, await linkSigner(), clock.now());
  if (!link) return { page: { show: 'refused' } };
  const { incident, roster } = await loadPaged(link);
  const person = await findPerson(roster, link.person);
  if (!person) return { page: { show: 'refused' } };
  const over = !incident || incident.deletedAt !== undefined || incident.generation !== link.generation;
  return over ? { page: { show: 'over' } } : { link, incident, person };
}
