import { post, type Setup } from '../setup.ts';

export const cloudevents: Setup = {
  name: 'CloudEvents',
  where:
    'As the address to which a broker or a producer of CloudEvents 1.0 delivers over HTTP: structured, binary or in batches. The data of an event is its alert.',
  trial: ({ url }) =>
    post(url, {
      specversion: '1.0',
      id: 'trial-1',
      source: '/trial',
      type: 'example.alert.triggered',
      data: { title: 'Trial', key: 'trial', service: 'trial', severity: 'warning' },
    }),
};
