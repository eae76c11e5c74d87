import { SECOND } from '../../shared/kernel/time.ts';
import type { Api } from '../api/use-api.ts';
import { Day } from '../time/day.tsx';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { ServiceList } from './service-list.tsx';
import { type Catalogue, useCatalogue } from './use-catalogue.ts';

/** The services that incidents name, the most urgent first. */
export function CataloguePage({ api }: { readonly api: Api }) {
  const { value, at, problem, refresh } = useCatalogue(api, 30 * SECOND);
  const now = useNow();
  useTitle('Services');
  return (
    <div className="stack">
      <div className="head">
        <h1>Services</h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      {value === undefined && problem === undefined && <Waiting what="services" />}
      {value?.items.length === 0 && (
        <div className="empty">
          <h2>No incident names a service yet</h2>
          <p>A service appears here with its first incident: alerts name it, or whoever declares one.</p>
        </div>
      )}
      {value !== undefined && value.items.length > 0 && <ServiceList services={value.items} now={now} />}
      {value !== undefined && value.items.length + value.unnamed > 0 && <HowFar {...value} />}
    </div>
  );
}

/** What the list does not show. */
function HowFar({ unnamed, since }: Pick<Catalogue, 'unnamed' | 'since'>) {
  return (
    <p className="soft">
      {unnamed > 0 &&
        (unnamed === 1
          ? '1 open incident names no service. '
          : `${unnamed} open incidents name no service. `)}
      Services without an incident since <Day at={since} /> are not shown.
    </p>
  );
}
