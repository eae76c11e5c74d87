import { alertsApi } from '../../shared/alerts/api.ts';
import { ago } from './sample.ts';

const plan = { graceMinutes: 5, enabled: true, severity: 'P3_MEDIUM', createdAt: ago(60 * 24 * 30) };

/** What must call every so often, as the API answers: one of each state. */
export const heartbeats = alertsApi['list-heartbeats'].answer.parse({
  items: [
    {
      ...plan,
      ...{
        name: 'Certificates are renewed',
        state: 'waiting',
        intervalMinutes: 7 * 24 * 60,
        graceMinutes: 0,
      },
    },
    {
      ...{ ...plan, name: 'invoices', state: 'alive', intervalMinutes: 60, severity: 'P1_CRITICAL' },
      ...{
        lastPingAt: ago(20),
        dueAt: ago(-45),
        service: 'billing',
        ownerTeam: 'Finance',
        tags: ['month end'],
      },
    },
    {
      ...{ ...plan, name: 'nightly backup of the database of payments in Frankfurt', state: 'missed' },
      ...{ intervalMinutes: 24 * 60, graceMinutes: 30, severity: 'P2_HIGH', service: 'backup' },
      ...{ lastPingAt: ago(24 * 60 + 42), dueAt: ago(12), missedAt: ago(12) },
    },
    {
      ...plan,
      name: 'old import',
      state: 'paused',
      intervalMinutes: 90,
      enabled: false,
      lastPingAt: ago(60 * 50),
    },
    {
      ...{ ...plan, name: 'queue worker', state: 'alive', intervalMinutes: 1, graceMinutes: 4 },
      ...{ lastPingAt: ago(3), dueAt: ago(-2) },
    },
  ],
});
