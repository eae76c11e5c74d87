import type { LoggedFact } from '../../shared/incidents/index.ts';
import {
  acknowledged,
  alert,
  alerts,
  logOf,
  mitigated,
  openedFact,
  resolved,
  said,
  type Told,
} from '../shared/timeline/log.ts';

/** What people say in turns; every tenth is a decision. */
const talk = [
  'Errors are at 40 % on checkout, latency on payments follows',
  'I look at the database',
  'Nothing in the slow log; connections are at 180 of 200',
  'Decision: roll back checkout 4.2.0',
  'The rollback is at 30 %, errors go down',
] as const;

/** The log of one long incident with so many facts, one each six seconds: talk, alerts, and what is decided. */
export function longLog(count: number): readonly LoggedFact[] {
  const [minutes, step] = [count / 10, 0.1];
  const told: Told[] = [
    [0, openedFact()],
    [0, alerts(alert(-1, 'firing'))],
    [0.4, acknowledged],
  ];
  for (let i = told.length; i < count - 2; i++) {
    const at = i * step;
    const state = i % 14 === 0 ? 'resolved' : 'firing';
    told.push([at, i % 7 === 0 ? alerts(alert(at, state, `f${i % 40}`)) : said(talk[i % talk.length] ?? '')]);
  }
  return logOf(...told, [minutes - 5, mitigated], [minutes, resolved]);
}
