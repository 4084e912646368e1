import { svg, type SVGTemplateResult } from 'lit';
import { points, type MinuteCounts } from '../../requests/perMinute.ts';

const [width, height] = [60, 14];

/** Requests per minute as a line, errors as another below it. What it says in words stands beside it. */
export function sparkline({ requests, errors }: MinuteCounts): SVGTemplateResult {
  const most = Math.max(...requests);
  return svg`<svg class="sparkline" width=${width} height=${height} viewBox="0 -1 ${width} ${height + 2}" aria-hidden="true">
    <polyline class="requests" points=${points(requests, most, width, height)}></polyline>
    <polyline class="errors" points=${points(errors, most, width, height)}></polyline>
  </svg>`;
}
