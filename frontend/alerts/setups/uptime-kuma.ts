import { post, type Setup } from '../setup.ts';

export const uptimeKuma: Setup = {
  name: 'Uptime Kuma',
  where:
    'In Uptime Kuma under Settings, Notifications, as the Post URL of a notification of the type Webhook, with the preset body application/json.',
  trial: ({ url }) =>
    post(url, {
      heartbeat: { monitorID: 1, status: 0, msg: 'Trial' },
      monitor: { id: 1, name: 'Trial', tags: [{ name: 'severity', value: 'warning' }] },
      msg: 'Trial',
    }),
};
