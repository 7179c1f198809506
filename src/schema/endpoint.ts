import * as z from 'zod';

const ENDPOINT = /^([\w.-]+):(\d{1,5})$/;
const HIGHEST_PORT = 65_535;

/** Why a text is not a `service:port`; null if it is one. */
function endpointFault(text: string): string | null {
  const [, , port] = ENDPOINT.exec(text) ?? [];
  if (port === undefined) return 'expected a service and its port inside the container, for example "waf:8080"';
  return isPort(port) ? null : `there is no port ${port}: ports go from 1 to ${HIGHEST_PORT}`;
}

/** Whether a text of digits is a port number. */
export const isPort = (text: string): boolean => Number(text) >= 1 && Number(text) <= HIGHEST_PORT;

/** `waf:8080` → a service and its port inside the container. */
export const endpoint = () =>
  z
    .string()
    .regex(ENDPOINT, { error: ({ input }) => endpointFault(String(input)) ?? '', abort: true })
    .refine((text) => endpointFault(text) === null, { error: ({ input }) => endpointFault(String(input)) ?? '' })
    .transform((text) => {
      const [, service = '', port = ''] = ENDPOINT.exec(text) ?? [];
      return { service, port: Number(port) };
    })
    .meta({ example: 'waf:8080' });
