import { post, type Setup } from '../setup.ts';

export const generic: Setup = {
  name: 'Any JSON over HTTP',
  where:
    'As the address of a webhook of whatever can post JSON. Say title, severity and service; the same with "status": "resolved" ends it.',
  trial: ({ url }) => post(url, { title: 'Trial', service: 'trial', severity: 'warning' }),
};
