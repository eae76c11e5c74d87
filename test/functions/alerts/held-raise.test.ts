import { describe, expect, it } from 'vitest';
import { foundAlert, searchedOf, viewListed } from '../../../functions/alerts/alert-view.ts';
import { viewHeld } from '../../../functions/alerts/quiet-view.ts';
import { usualFlapping } from '../../../shared/detection/index.ts';
import { world } from '../../support/detection-world.ts';
import { explained, kept } from '../../support/explained.ts';
import { epoch, fingerprint, signal } from '../../support/signals.ts';
import { silence } from '../../support/silences.ts';

const at = (seconds: number) => epoch + seconds * 1_000;
const quiet = silence(20, 600, [{ name: 'title', op: '=~', value: 'api.*' }]);
const fires = (second: number, severity: 'P1_CRITICAL' | 'P2_HIGH') =>
  kept(signal('api', 'firing', second, { severity }));

/** An alert of an open incident that is told again under a silence, more severely. */
function raised() {
  const own = world();
  own.receive(0, fires(0, 'P2_HIGH').signal);
  own.memory.quiets = [quiet];
  own.receive(60, fires(60, 'P1_CRITICAL').signal);
  return own;
}

describe('a silence that holds back that an alert of an open incident is more severe', () => {
  const answers = (own: ReturnType<typeof raised>, now: number) => {
    const last = fires(60, 'P1_CRITICAL');
    const head = own.memory.heads.get(fingerprint('api'));
    const found = foundAlert(head, last, { flapping: usualFlapping, now });
    return {
      explained: explained(own.memory, last, now).outcome,
      sought: searchedOf(found)?.isSuppressed,
      shown: viewListed('api', found, own.memory.incidents)?.suppressed?.by,
      isHeld: viewHeld({ ...last, quiet: quiet.id, quietTo: quiet.to, why: 'held' }, head).isHeld,
    };
  };

  it('is told by the explanation, by the list of alerts and by that of the silence', () => {
    expect(answers(raised(), at(70))).toEqual({
      explained: 'silence',
      sought: true,
      shown: quiet.id,
      isHeld: true,
    });
  });

  it('says that this is what is held back', () => {
    expect(explained(raised().memory, fires(60, 'P1_CRITICAL'), at(70)).summary).toContain(
      'What is held back is that it is P1 Critical now: INC-1 is P2 High, and becomes as severe if it still fires at the end of that.',
    );
  });

  it('counts at the end of the silence, and is held back no more', () => {
    const own = raised();
    own.memory.releaseOne(quiet.id, at(600));
    expect(own.incidents()).toEqual(['triggered P1_CRITICAL generation 1 pages']);
    expect(answers(own, at(610))).toMatchObject({ explained: 'incident', sought: false, isHeld: false });
  });

  it('is held back no more once the alert has ended', () => {
    const own = raised();
    own.receive(90, signal('api', 'resolved', 90));
    expect(answers(own, at(95))).toMatchObject({ sought: false, isHeld: false });
  });
});
