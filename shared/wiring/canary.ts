import { type IntegrationId, idOf, type OrganisationId } from '../kernel/index.ts';

/** Whose alerts the canary sends: an organisation of the system's own, of which nobody is a member. */
export const canaryHome: { readonly org: OrganisationId; readonly integration: IntegrationId } = {
  org: idOf('organisation', 0, 'canary'),
  integration: idOf('integration', 0, 'canary'),
};
