import type { Postmortem } from './use-postmortem.ts';

const words = { draft: 'Draft', review: 'In review', done: 'Done' } as const;

/** How far a post-mortem is. */
export const StatusSign = ({ status }: Pick<Postmortem, 'status'>) => (
  <span className={`state ${status === 'done' ? 'resolved' : 'acknowledged'}`}>{words[status]}</span>
);
