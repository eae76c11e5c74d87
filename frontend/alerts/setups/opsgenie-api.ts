import { post, type Setup } from '../setup.ts';

export const opsgenieApi: Setup = {
  name: 'Opsgenie (Alert API)',
  where:
    'Wherever the sender asks for an Opsgenie API key, paste the routing key; and as the API URL, instead of api.opsgenie.com, the host of the address. Alertmanager wants it up to the slash before v2, Grafana the whole address.',
  trial: ({ url, routingKey = '' }) =>
    post(url, { message: 'Trial', alias: 'trial', entity: 'trial', priority: 'P3' }).replace(
      'curl ',
      `curl -H 'authorization: GenieKey ${routingKey}' `,
    ),
};
