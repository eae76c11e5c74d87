import { DAY, type IncidentId, type Instant, isId, type OrganisationId, SECOND } from '../kernel/index.ts';
import { configuredId } from './person.ts';

/** Whom a link lets acknowledge what: one generation of one incident, until it expires. */
export interface ResponseLink {
  readonly org: OrganisationId;
  readonly incident: IncidentId;
  readonly generation: number;
  /** The step that paged this person. */
  readonly step: number;
  readonly person: string;
  /** Whole seconds as an instant. */
  readonly expiresAt: Instant;
}

/** A keyed digest of a text in base64url, such as HMAC-SHA256. */
export type Sign = (text: string) => string;

/** How long a link works. */
export const LINK_LIFETIME = DAY;

/** When a link made now expires. */
export function linkExpiry(now: Instant): Instant {
  return Math.floor((now + LINK_LIFETIME) / SECOND) * SECOND;
}

/** The link as a token of URL-safe letters, its fields readable and signed. */
export function encodeLink(link: ResponseLink, sign: Sign): string {
  const { org, incident, generation, step, person, expiresAt } = link;
  const expires = (expiresAt / SECOND).toString(36);
  const fields = [org, incident, String(generation), String(step), person, expires].join('.');
  return `${fields}.${sign(fields)}`;
}

/** What a token allows now; undefined when it was not signed by us as it stands, or has expired. */
export function readLink(token: string, sign: Sign, now: Instant): ResponseLink | undefined {
  if (token.length > 500) return undefined;
  const end = token.lastIndexOf('.');
  const fields = token.slice(0, Math.max(0, end));
  if (!equal(token.slice(end + 1), sign(fields))) return undefined;
  const link = parseFields(fields.split('.'));
  return link && now < link.expiresAt ? link : undefined;
}

function parseFields(fields: readonly string[]): ResponseLink | undefined {
  const [org = '', incident = '', generation = '', step = '', person = '', expires = ''] = fields;
  if (fields.length !== 6 || !isId('organisation', org) || !isId('incident', incident)) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(generation) || !/^[1-9]\d{0,8}$/.test(step)) return undefined;
  if (!configuredId.safeParse(person).success || !/^[0-9a-z]{1,10}$/.test(expires)) return undefined;
  const expiresAt = Number.parseInt(expires, 36) * SECOND;
  return { org, incident, generation: Number(generation), step: Number(step), person, expiresAt };
}

/** Takes the same time wherever two signatures differ. */
function equal(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
