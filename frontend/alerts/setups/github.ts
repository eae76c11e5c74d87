import { post, type Setup } from '../setup.ts';

export const github: Setup = {
  name: 'GitHub',
  where:
    'In GitHub under Settings, Webhooks, of a repository or an organisation, as the payload URL, with the content type application/json and our secret. Choose deployments, deployment statuses, releases and workflow runs. These are changes: they never page.',
  trial: ({ url }) =>
    post(url, {
      action: 'created',
      deployment: { id: 1, ref: 'main', environment: 'trial', sha: '0123456789' },
      repository: { name: 'trial' },
    }),
};
