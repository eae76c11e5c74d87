import { useState } from 'react';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { Refused } from '../ui/refused.tsx';
import { useFocusAfter } from '../ui/use-focus-after.ts';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { EndIntegration } from './end-integration.tsx';
import { IntegrationForm } from './integration-form.tsx';
import { IntegrationList } from './integration-list.tsx';
import { IntegrationSecret } from './integration-secret.tsx';
import { type Integration, useEnding, useIntegrations, useNewIntegration } from './use-integrations.ts';

export interface IntegrationsPageProps {
  readonly api: Api;
  readonly role: Role;
}

/** What may send alerts here: to see, to make and to end. */
export function IntegrationsPage({ api, role }: IntegrationsPageProps) {
  useTitle('Integrations');
  if (may(role, 'integration.write')) return <Integrations api={api} />;
  return (
    <>
      <h1>Integrations</h1>
      <Refused role={role} what="see or change what sends alerts here" least="manager" />
    </>
  );
}

function Integrations({ api }: Pick<IntegrationsPageProps, 'api'>) {
  const { value, at, problem, refresh } = useIntegrations(api);
  const [doomed, setDoomed] = useState<Integration>();
  const [ended, setEnded] = useState(0);
  const { end, ...ending } = useEnding(api, () => {
    setDoomed(undefined);
    setEnded((count) => count + 1);
    refresh();
  });
  const now = useNow();
  const head = useFocusAfter(ended);
  return (
    <div className="stack">
      <div className="head">
        <h1 tabIndex={-1} ref={head}>
          Integrations
        </h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <p className="soft">Each is an address, or a key, to which one of your systems sends its alerts.</p>
      <NewOne api={api} onMade={refresh} />
      {value === undefined && problem === undefined && <Waiting what="integrations" />}
      {value?.length === 0 && (
        <div className="empty">
          <h2>Nothing sends alerts here yet</h2>
          <p>Create the first integration above, and paste its address into what watches your systems.</p>
        </div>
      )}
      {value !== undefined && value.length > 0 && (
        <IntegrationList {...{ api, now }} integrations={value} onDelete={setDoomed} onChanged={refresh} />
      )}
      {doomed !== undefined && (
        <EndIntegration
          integration={doomed}
          {...ending}
          onEnd={() => end(doomed.id)}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </div>
  );
}

interface NewOneProps extends Pick<IntegrationsPageProps, 'api'> {
  onMade(): void;
}

/** A form for a new integration, or what the last one is set up with. */
function NewOne({ api, onMade }: NewOneProps) {
  const { made, make, putAway, ...making } = useNewIntegration(api, onMade);
  if (made !== undefined) return <IntegrationSecret key={made.id} made={made} onPutAway={putAway} />;
  return (
    <section className="card" aria-labelledby="new">
      <h2 id="new">A new integration</h2>
      <IntegrationForm {...making} onMake={make} />
    </section>
  );
}
