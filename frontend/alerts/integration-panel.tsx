import { Button } from '@mantine/core';
import type { Api } from '../api/use-api.ts';
import { Moment } from '../time/moment.tsx';
import { Fold } from '../ui/fold.tsx';
import { Notice } from '../ui/notice.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { OptionsFold } from './options/options-fold.tsx';
import { RotatedSecret } from './rotated-secret.tsx';
import { RotationForm } from './rotation-form.tsx';
import { usePause, useRotation, useTest } from './use-integration.ts';
import type { Integration } from './use-integrations.ts';

export interface IntegrationPanelProps {
  readonly api: Api;
  readonly integration: Integration;
  readonly now: number;
  onChanged(): void;
}

/** One integration: to try, to pause, to give a new key or secret, and to see what it sent last. */
export function IntegrationPanel({ api, integration, now, onChanged }: IntegrationPanelProps) {
  const rotation = useRotation(api, integration.id, onChanged);
  const { rotated } = rotation;
  return (
    <>
      <Actions {...{ api, integration, now, onChanged }} />
      <Ends integration={integration} now={now} />
      <OptionsFold {...{ api, integration, now, onChanged }} />
      {rotated === undefined ? (
        <>
          <Fold title="Replace the key">
            <RotationForm what="key" {...rotation} onRotate={rotation.rotate} />
          </Fold>
          {integration.secretBy !== undefined && (
            <Fold title={integration.signed ? 'Replace the signing secret' : 'Ask for signatures'}>
              <RotationForm
                what="secret"
                secretBy={integration.secretBy}
                isFirst={!integration.signed}
                {...rotation}
                onRotate={rotation.rotate}
              />
            </Fold>
          )}
        </>
      ) : (
        <RotatedSecret rotated={rotated} onPutAway={rotation.putAway} />
      )}
      <section aria-label={`What ${integration.name} sent last`}>
        <h3>What it sent last</h3>
        <DeliveryList api={api} id={integration.id} now={now} />
      </section>
    </>
  );
}

function Actions({ api, integration: { id, name, paused }, now, onChanged }: IntegrationPanelProps) {
  const trial = useTest(api, id);
  const pausing = usePause(api, id, onChanged);
  const problem = trial.problem ?? pausing.problem;
  return (
    <div className="line-form">
      <Button aria-disabled={trial.busy} onClick={trial.test}>
        Send a test alert
      </Button>
      <Button
        variant="default"
        aria-disabled={pausing.busy}
        aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
        onClick={() => pausing.pause(!paused)}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <p role="status" className="soft">
        {trial.sent !== undefined && (
          <>
            Sent: in a moment it is an incident of severity P5 that wakes nobody. It resolves at{' '}
            <Moment at={trial.sent.resolvesAt} now={now} />.
          </>
        )}
      </p>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
    </div>
  );
}

/** Until when what was replaced is still taken. */
function Ends({ integration, now }: Pick<IntegrationPanelProps, 'integration' | 'now'>) {
  const { oldKeyUntil, oldSecretUntil, unsignedUntil } = integration;
  return (
    <>
      {oldKeyUntil !== undefined && (
        <p>
          The key of before is taken until <Moment at={oldKeyUntil} now={now} />.
        </p>
      )}
      {oldSecretUntil !== undefined && (
        <p>
          What is signed as before is taken until <Moment at={oldSecretUntil} now={now} />.
        </p>
      )}
      {unsignedUntil !== undefined && (
        <p>
          What is not signed is taken until <Moment at={unsignedUntil} now={now} />.
        </p>
      )}
    </>
  );
}
