/** A runbook with one step by hand. */
export const runbookBody = (title: string, id = 'x') => ({
  id,
  title,
  steps: [{ id: 'look', title, order: 1 }],
});

/** A cluster, with the token that shows who we are. */
export const clusterBody = (token: string) => ({
  endpoint: 'https://cluster.example.com:6443',
  namespaces: ['default'],
  auth: { kind: 'token', token },
});
