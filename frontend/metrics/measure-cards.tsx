import { Link } from 'wouter';
import { lasting } from '../../shared/kernel/time.ts';
import { type MeasureName, measureNames, measures } from '../../shared/metrics/measures.ts';
import { behindAddress } from './asked.ts';
import { type Dashboard, daysOf, type Summary } from './use-dashboard.ts';

export interface MeasureCardsProps {
  readonly dashboard: Dashboard;
}

/** Each measure: how long it took in the middle, from how many, and against the time before. */
export function MeasureCards({ dashboard }: MeasureCardsProps) {
  const days = daysOf(dashboard);
  return (
    <ul className="measures">
      {measureNames.map((measure) => (
        <li key={measure} className="card">
          <h2>
            {measures[measure].short} <span className="soft">{measures[measure].name}</span>
          </h2>
          <p className="soft">{measures[measure].about}</p>
          <Middle of={dashboard.measures[measure]} />
          <Before
            of={dashboard.measures[measure]}
            before={dashboard.previous.measures[measure]}
            days={days}
          />
          <Target dashboard={dashboard} measure={measure} />
          <States of={dashboard.measures[measure]} measure={measure} />
        </li>
      ))}
    </ul>
  );
}

type One = Summary[MeasureName];

function Middle({ of: { n, medianMs, meanMs, p90Ms, incidents } }: { readonly of: One }) {
  if (medianMs === undefined) return <p className="figure soft">None yet</p>;
  return (
    <>
      <p className="figure">
        <Link to={behindAddress(incidents)}>{lasting(medianMs)}</Link> <span className="soft">median</span>
      </p>
      <p>
        <Link to={behindAddress(incidents)}>
          n = {n}, mean {lasting(meanMs ?? 0)}
          {p90Ms !== undefined && `, 9 in 10 within ${lasting(p90Ms)}`}
        </Link>
        {p90Ms === undefined && <span className="soft"> (few: no 90th percentile)</span>}
      </p>
    </>
  );
}

interface BeforeProps {
  readonly of: One;
  readonly before: One;
  readonly days: number;
}

/** Fewer than this on either side, and a comparison would be chance. */
const ENOUGH = 10;

function Before({ of, before, days }: BeforeProps) {
  if (of.medianMs === undefined || before.medianMs === undefined) return null;
  const told = of.n >= ENOUGH && before.n >= ENOUGH && before.medianMs > 0;
  const change = Math.round((of.medianMs / before.medianMs - 1) * 100);
  return (
    <p>
      {told && (change === 0 ? 'As ' : `${Math.abs(change)} % ${change < 0 ? 'less' : 'more'} than `)}
      {told ? 'in ' : 'In '}the {days} days before:{' '}
      <Link to={behindAddress(before.incidents)}>
        {lasting(before.medianMs)}, n = {before.n}
      </Link>
      {!told && <span className="soft"> (too few to compare)</span>}
    </p>
  );
}

function Target({ dashboard, measure }: { readonly dashboard: Dashboard; readonly measure: MeasureName }) {
  const counts = measure === 'mtta' || measure === 'mttr' ? dashboard.standings[measure] : undefined;
  const { met = 0, missed = 0 } = counts ?? {};
  if (met + missed === 0) return null;
  const link = (standing: string) =>
    behindAddress(`${dashboard.incidents}&${new URLSearchParams({ measure, standing })}`);
  return (
    <p>
      Target: <Link to={link('met')}>{met} met</Link>, <Link to={link('missed')}>{missed} missed</Link> (
      {Math.round((met / (met + missed)) * 100)} % met)
    </p>
  );
}

const stateWords = { pending: 'pending', 'not-applicable': 'not applicable', invalid: 'invalid' } as const;

/** What does not enter the statistic. */
function States({ of: { states, incidents }, measure }: { readonly of: One; readonly measure: MeasureName }) {
  const others = (['pending', 'not-applicable', 'invalid'] as const).filter(
    (state) => (states[state] ?? 0) > 0,
  );
  if (others.length === 0) return null;
  return (
    <p className="soft">
      Not in it:{' '}
      {others.map((state, i) => (
        <span key={state}>
          {i > 0 && ', '}
          <Link to={behindAddress(incidents.replace('state=recorded', `state=${state}`))}>
            {states[state]} {stateWords[state]}
            <span className="unseen"> for {measures[measure].short}</span>
          </Link>
        </span>
      ))}
    </p>
  );
}
