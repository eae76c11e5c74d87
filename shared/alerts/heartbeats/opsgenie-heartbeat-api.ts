import * as z from 'zod';
import type { CapabilityApi } from '../../api/index.ts';

const answer = z
  .looseObject({ took: z.number(), requestId: z.string() })
  .meta({ description: 'As Opsgenie answers.' });
const named = z.strictObject({ name: z.string().max(300) });
const body = z.unknown().meta({ description: 'As of Opsgenie.' });

/** The verbs of heartbeats in the form of Opsgenie's API; the key is that of an integration of source `opsgenie-api`. */
export const opsgenieHeartbeatsApi = {
  'opsgenie-list-heartbeats': { about: 'All heartbeats, in the form of Opsgenie.', answer },
  'opsgenie-create-heartbeat': {
    about: 'Makes a heartbeat, in the form of Opsgenie.',
    body,
    answer,
    status: 201,
  },
  'opsgenie-get-heartbeat': { about: 'One heartbeat, in the form of Opsgenie.', params: named, answer },
  'opsgenie-change-heartbeat': {
    about: 'Changes a heartbeat, in the form of Opsgenie.',
    ...{ params: named, body, answer },
  },
  'opsgenie-end-heartbeat': { about: 'Removes a heartbeat, in the form of Opsgenie.', params: named, answer },
  'opsgenie-switch-heartbeat': {
    about: 'Enables or disables a heartbeat, in the form of Opsgenie.',
    params: z.strictObject({ ...named.shape, switch: z.string().max(20) }),
    answer,
  },
  'opsgenie-ping': {
    about: 'The call of a heartbeat, in the form of Opsgenie.',
    ...{ params: named, answer, status: 202 },
  },
} as const satisfies CapabilityApi;
