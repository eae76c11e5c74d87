import type { OrganisationId } from './ids.ts';

/** Who does something. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string; readonly name: string }
  | { readonly kind: 'machine'; readonly id: string; readonly name: string }
  | { readonly kind: 'system'; readonly id: string };

/** From least to most; each includes those before it. */
export const roles = ['viewer', 'responder', 'manager', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** What every verb is told about its caller. `org` comes only from the membership or key that the authorizer found. */
export interface Ctx {
  readonly org: OrganisationId;
  readonly actor: Actor;
  readonly role: Role;
}

export const system = (id: string): Actor => ({ kind: 'system', id });
