import { PatternCircles, PatternLines } from '@visx/pattern';
import { scaleBand, scaleLinear } from '@visx/scale';
import { BarStack } from '@visx/shape';
import { classes } from '../classes';

type Series = { id: string; name: string /** Written out, beside the name in the legend. */; total: string };

export type ChartColumn = {
  id: string;
  /** Told when one points at the column, with its numbers. */
  title: string;
  /** Under the axis; absent where there is no room for one. `isMinor`: only where the chart is wide. */
  tick?: { text: string; isMinor: boolean } | undefined;
  /** One for each series, in their order. */
  values: number[];
};

type Props = {
  /** Makes the names of patterns unique on the page. */
  id: string;
  /** The numbers in one sentence: what the picture is called. */
  label: string;
  /** At most four: each has a pattern of its own, so that no colour is needed to tell them apart. */
  series: Series[];
  columns: ChartColumn[];
  formatTick: (value: number) => string;
};

const HEIGHT = 200;
/** Room for the topmost number of the axis. */
const TOP = 8;
const AXIS_HEIGHT = 24;

/**
 * Numbers over time as stacked bars. Drawn on the server, without script: places across are percentages and heights are
 * pixels, so it follows the width of its column, and letters and patterns keep their form. The same numbers belong in a table.
 */
export function StackedBarChart({ id, label, series, columns, formatTick }: Props) {
  const sums = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const across = scaleBand({ domain: columns.map((column) => column.id), range: [0, 100], padding: 0.3 });
  const upwards = scaleLinear({ domain: [0, Math.max(1, ...sums)], range: [HEIGHT, TOP], nice: 4 });
  const ticks = upwards.ticks(4).filter(Number.isInteger);
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
            <text key={tick} x="100%" y={upwards(tick)} dy="0.32em" textAnchor="end" className="fill-muted text-xs">
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
            <line key={tick} x1="0" x2="100%" y1={upwards(tick)} y2={upwards(tick)} className="stroke-line" />
          ))}
          <BarStack<ChartColumn, string>
            data={columns}
            keys={series.map((one) => one.id)}
            value={({ values }, key) => values[series.findIndex((one) => one.id === key)] ?? 0}
            x={(column) => column.id}
            xScale={across}
            yScale={upwards}
            color={(key) => fillOf(id, series, key)}
          >
            {(stacks) =>
              stacks.flatMap(({ key, bars }) =>
                bars
                  .filter(({ height }) => height > 0)
                  .map((bar) => (
                    <rect
                      key={`${key} ${bar.index}`}
                      x={`${bar.x}%`}
                      width={`${bar.width}%`}
                      y={bar.y}
                      height={bar.height}
                      fill={bar.color}
                      className="stroke-current"
                    />
                  )),
              )
            }
          </BarStack>
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

/** What one points at: the whole height, with the numbers as its title; and its tick under the axis. */
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
  const background = 'var(--surface-raised)';
  return (
    <>
      <PatternLines
        id={`${id}-lines`}
        width={5}
        height={5}
        stroke="currentColor"
        strokeWidth={1.5}
        orientation={['diagonal']}
        background={background}
      />
      <PatternCircles id={`${id}-dots`} width={4} height={4} radius={1} fill="currentColor" background={background} />
    </>
  );
}
