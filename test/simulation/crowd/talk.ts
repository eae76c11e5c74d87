import { type Duration, type IncidentId, SECOND } from '../../../shared/kernel/index.ts';
import { PROTOCOL_VERSION } from '../../../shared/war-room/index.ts';
import { tenantOf } from '../named/scenes.ts';
import { type Change, loadProgram, type Program } from '../program.ts';
import { Crowd } from './crowd.ts';

/** Messages a second, all people together. */
export const RATE = 50;

/** How a crowd comes together and talks. */
export interface Talk {
  readonly people: number;
  /** How long it takes until all have come. */
  readonly arriving: Duration;
  /** How long they talk. */
  readonly talking: Duration;
  /** The texts, in turns. */
  readonly texts?: readonly string[];
  /** Of a hundred calls to connections so many are refused. */
  readonly refused?: number;
  /** How long all is quiet at the end: longer than any client waits for its next ping, unless nobody is to catch up. */
  readonly rest?: Duration;
  /** When all are cut off at once, after the beginning of the talk, and whether AWS says so. */
  readonly cut?: { readonly after: Duration; readonly isTold: boolean };
}

/** The program as it is, with these changes, as far as a room and a storm need it. */
export const roomProgram = (changes: readonly Change[] = []): Promise<Program> =>
  loadProgram(['Receive', 'Detect', 'Connect', 'Disconnect', 'Message', 'Broadcast'], changes);

/** A room whose people have come, talked while alerts poured in, and fallen silent. */
export interface Talked {
  readonly crowd: Crowd;
  /** Calls to connections while they talked. */
  readonly calls: number;
  readonly log: ReturnType<Crowd['factsOf']>;
}

const SEED = 1;

const REST: Duration = 35 * SECOND;

/** Plays a talk: as many alerts as messages join the incident of the room, and as many go to other incidents. */
export async function play(program: Program, talk: Talk): Promise<Talked> {
  const crowd = new Crowd(program, tenantOf(), SEED);
  crowd.alert('first', 'checkout');
  await crowd.pass(2 * SECOND);
  const incident = crowd.incident();
  for (let i = 0; i < talk.people; i++) {
    crowd.enter(incident);
    await crowd.pass(talk.arriving / talk.people);
  }
  await crowd.pass(2 * SECOND);
  const before = crowd.gateway.calls.length;
  crowd.gateway.refused = talk.refused ?? 0;
  if (talk.cut) {
    const { after, isTold } = talk.cut;
    crowd.after(after, () => crowd.gateway.cut(isTold));
  }
  for (let i = 0; i < (talk.talking / SECOND) * RATE; i++) {
    speak(crowd, incident, { i, text: talk.texts?.[i % talk.texts.length] ?? 'It is the pool again' });
    await crowd.pass(SECOND / RATE);
  }
  const calls = crowd.gateway.calls.length - before;
  await crowd.pass(talk.rest ?? REST);
  return { crowd, calls, log: crowd.factsOf(incident) };
}

/** Neighbours in the order of speaking came at different times. */
const STRIDE = 7;

function speak(
  crowd: Crowd,
  incident: IncidentId,
  { i, text }: { readonly i: number; readonly text: string },
) {
  const member = crowd.members[(i * STRIDE) % crowd.members.length];
  member?.happen({ is: 'typed' });
  const said = { type: 'chat', incident, id: `message-${i}`, text } as const;
  member?.happen({ is: 'say', frame: { v: PROTOCOL_VERSION, ...said } });
  crowd.alert(`inside-${i}`, 'checkout');
  crowd.alert(`beside-${i}`, `service-${i % 30}`);
}
