import { beforeAll, describe, expect, it } from 'vitest';
import { SECOND } from '../../../shared/kernel/index.ts';
import { PROTOCOL_VERSION } from '../../../shared/war-room/index.ts';
import { tenantOf } from '../named/scenes.ts';
import { type Change, loadProgram, type Program } from '../program.ts';
import { Crowd } from './crowd.ts';

const PEOPLE = 500;
const A_SECOND = 50;
const SECONDS = 10;

let program: Program;
beforeAll(async () => {
  program = await loadProgram(['Receive', 'Detect', 'Connect', 'Message', 'Broadcast']);
});

it('probe', { timeout: 300_000 }, async () => {
  const t0 = performance.now();
  const crowd = new Crowd(program, tenantOf(), 1);
  crowd.alert('first', 'checkout');
  await crowd.pass(5 * SECOND);
  const [incident] = [...crowd.table.items()].filter(({ kind }) => kind === 'incident');
  console.log(incident);
  const id = incident?.id as never;
  for (let i = 0; i < PEOPLE; i++) { crowd.enter(id); await crowd.pass(40); }
  await crowd.pass(5 * SECOND);
  console.log('joined', performance.now() - t0, crowd.gateway.busiest(), crowd.members.filter((m) => m.client.link === 'open').length, crowd.factsOf(id).length);
  crowd.gateway.calls.length = 0;
  let n = 0;
  for (let i = 0; i < SECONDS * A_SECOND; i++) {
    const member = crowd.members[(i * 7) % PEOPLE]!;
    member.happen({ is: 'typed' });
    member.happen({ is: 'say', frame: { v: PROTOCOL_VERSION, type: 'chat', incident: id, id: `message-${i}`, text: `Message ${i} `.repeat(10) } });
    for (const s of [0, 1]) { crowd.alert(`storm-${i}-${s}`, s === 0 ? 'checkout' : `service-${i % 30}`); }
    await crowd.pass(SECOND / A_SECOND);
  }
  const during = crowd.gateway.calls.length;
  await crowd.pass(35 * SECOND);
  const log = crowd.factsOf(id);
  console.log('done', performance.now() - t0, 'busiest', crowd.gateway.busiest(), during / SECONDS, log.length, log.at(-1)?.seq);
  const bad = crowd.members.filter((m) => m.client.facts.map((f) => f.id).join() !== log.map((f) => f.id).join());
  console.log('bad', bad.length, Object.entries(Object.groupBy(log, (f) => f.type)).map(([k, v]) => [k, v!.length]));
});
