import type { StatusView } from '../../shared/status/view.ts';
import { Moment } from './moment.tsx';
import { Prose } from './prose.tsx';

interface Props {
  readonly maintenance: StatusView['maintenance'];
  readonly components: StatusView['components'];
  readonly isPublic: boolean;
}

/** Work that is going on: it is told before the components, as incidents are. */
export const MaintenanceUnderWay = ({ maintenance, ...rest }: Props) => (
  <Works
    {...rest}
    id="under-way"
    title="Maintenance under way"
    maintenance={maintenance.filter(({ state }) => state === 'in_progress')}
  />
);

/** Work that is announced. */
export const ScheduledMaintenance = ({ maintenance, ...rest }: Props) => (
  <Works
    {...rest}
    id="maintenance"
    title="Scheduled maintenance"
    maintenance={maintenance.filter(({ state }) => state === 'scheduled')}
  />
);

function Works({
  maintenance,
  components,
  isPublic,
  id,
  title,
}: Props & { readonly id: string; readonly title: string }) {
  if (maintenance.length === 0) return null;
  const names = (ids: readonly string[]) =>
    components.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {maintenance.map((one) => (
        <article key={one.id} id={one.id} className="incident maintenance">
          <div className="row">
            <h4 dir="auto">{one.title}</h4>
            {!isPublic && one.internal && <span className="tag">Internal</span>}
            <span className="soft">{one.state === 'in_progress' ? 'In progress' : 'Scheduled'}</span>
          </div>
          <p className="soft">
            <Moment at={one.from} /> to <Moment at={one.until} after={one.from} />
          </p>
          {one.components.length > 0 && (
            <p className="soft" dir="auto">
              {names(one.components).join(', ')}
            </p>
          )}
          <Prose text={one.text} />
        </article>
      ))}
    </section>
  );
}
