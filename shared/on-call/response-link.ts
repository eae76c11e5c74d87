import {
  DAY,
  type IncidentId,
  type Instant,
  isId,
  type OrganisationId,
  readSigned,
  SECOND,
  type Sign,
  signedFields,
} from '../kernel/index.ts';
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
  return signedFields([org, incident, String(generation), String(step), person, expires], sign);
}

/** What a token allows now; undefined when it was not signed by us as it stands, or has expired. */
export function readLink(token: string, sign: Sign, now: Instant): ResponseLink | undefined {
  const fields = readSigned(token, sign);
  const link = fields && parseFields(fields);
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
