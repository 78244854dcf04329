import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { classes } from '../classes';

type Series = { id: string; name: string /** Written out, beside the name in the legend. */; total: string };

export type ChartColumn = {
  id: string;
  /** The column's tooltip, with its numbers. */
  title: string;
  /** The tick label; absent where there is no room. `isMinor`: only in wide charts. */
  tick?: { text: string; isMinor: boolean } | undefined;
  /** One for each series, in their order. */
  values: number[];
};

type Props = {
  /** Makes the names of patterns unique on the page. */
  id: string;
  /** The numbers in one sentence: the chart's accessible name. */
  label: string;
  /** At most four: each has its own pattern, so that color is not the only distinction. */
  series: Series[];
  columns: ChartColumn[];
  formatTick: (value: number) => string;
};

const HEIGHT = 200;
/** Room for the topmost number of the axis. */
const TOP = 8;
const AXIS_HEIGHT = 24;

/**
 * Numbers over time as stacked bars. Rendered on the server, without script: x positions are percentages and heights
 * are pixels, so it follows its container's width without distorting text and patterns. Show the same numbers in a
 * table.
 */
export function StackedBarChart({ id, label, series, columns, formatTick }: Props) {
  const sums = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const across = scaleBand(
    columns.map((column) => column.id),
    [0, 100],
  ).padding(0.3);
  const scaleY = scaleLinear([0, Math.max(1, ...sums)], [HEIGHT, TOP]).nice(4);
  const stacks = stack<unknown, ChartColumn, Series>()
    .keys(series)
    .value(({ values }, one) => values[series.indexOf(one)] ?? 0)(columns);
  const ticks = scaleY.ticks(4).filter(Number.isInteger);
  const step = across.step();
  return (
    <figure className="flex min-w-0 flex-col gap-3">
      <svg width="0" height="0" className="absolute text-info" aria-hidden="true">
        <Patterns id={id} />
      </svg>
      <Legend id={id} series={series} />
      <div className="grid grid-cols-[2.25rem_minmax(0,1fr)] gap-2">
        <svg width="100%" height={HEIGHT + AXIS_HEIGHT} className="overflow-visible" aria-hidden="true">
          {ticks.map((tick) => (
            <text key={tick} x="100%" y={scaleY(tick)} dy="0.32em" textAnchor="end" className="fill-muted text-xs">
              {formatTick(tick)}
            </text>
          ))}
        </svg>
        <svg
          role="img"
          aria-label={label}
          width="100%"
          height={HEIGHT + AXIS_HEIGHT}
          className="overflow-visible text-info"
        >
          {ticks.map((tick) => (
            <line key={tick} x1="0" x2="100%" y1={scaleY(tick)} y2={scaleY(tick)} className="stroke-line" />
          ))}
          {stacks.flatMap((bars) =>
            bars
              .filter(([from, to]) => to > from)
              .map(({ 0: from, 1: to, data: column }) => (
                <rect
                  key={`${bars.key.id} ${column.id}`}
                  x={`${across(column.id)}%`}
                  width={`${across.bandwidth()}%`}
                  y={scaleY(to)}
                  height={scaleY(from) - scaleY(to)}
                  fill={fillOf(id, series, bars.key.id)}
                  className="stroke-current"
                />
              )),
          )}
          {columns.map((column, at) => (
            <Column
              key={column.id}
              column={column}
              at={at}
              of={columns.length}
              start={across(column.id) ?? 0}
              step={step}
            />
          ))}
        </svg>
      </div>
    </figure>
  );
}

/** The hover target: full height, with the numbers as its title; and the tick under the axis. */
function Column({
  column,
  at,
  of,
  start,
  step,
}: {
  column: ChartColumn;
  at: number;
  of: number;
  start: number;
  step: number;
}) {
  const left = start - step * 0.15;
  const isLast = at === of - 1;
  return (
    <g>
      <rect x={`${left}%`} width={`${step}%`} y={0} height={HEIGHT} className="fill-transparent hover:fill-ink/8">
        <title>{column.title}</title>
      </rect>
      {column.tick && (
        <text
          x={isLast ? '100%' : `${left + step / 2}%`}
          y={HEIGHT + 18}
          textAnchor={isLast ? 'end' : 'middle'}
          className={classes('fill-muted text-xs', column.tick.isMinor && 'max-sm:hidden')}
        >
          {column.tick.text}
        </text>
      )}
    </g>
  );
}

function Legend({ id, series }: { id: string; series: Series[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1.5">
      {series.map((one) => (
        <li key={one.id} className="flex items-center gap-2">
          <svg width="16" height="16" className="shrink-0 text-info" aria-hidden="true">
            <rect
              x="1"
              y="1"
              width="14"
              height="14"
              rx="2"
              fill={fillOf(id, series, one.id)}
              className="stroke-current"
            />
          </svg>
          <span>
            {one.name} <span className="font-semibold tabular-nums">{one.total}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const FILLS = ['solid', 'lines', 'dots', 'empty'] as const;

function fillOf(id: string, series: Series[], key: string): string {
  const fill = FILLS[series.findIndex((one) => one.id === key)] ?? 'empty';
  if (fill === 'solid') return 'currentColor';
  return fill === 'empty' ? 'var(--surface-raised)' : `url(#${id}-${fill})`;
}

function Patterns({ id }: { id: string }) {
  const background = <rect width="100%" height="100%" fill="var(--surface-raised)" />;
  return (
    <defs>
      <pattern id={`${id}-lines`} width={5} height={5} patternUnits="userSpaceOnUse">
        {background}
        <path d="M0 5 5 0M-1 1 1-1M4 6 6 4" stroke="currentColor" strokeWidth={1.5} strokeLinecap="square" />
      </pattern>
      <pattern id={`${id}-dots`} width={4} height={4} patternUnits="userSpaceOnUse">
        {background}
        <circle cx={2} cy={2} r={1} fill="currentColor" />
      </pattern>
    </defs>
  );
}
