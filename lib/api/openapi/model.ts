import type { JsonObject } from '@/lib/platform/json';
import type { TagName } from '../routes/route';

/** The OpenAPI 3.1 document of the public API, as far as our own code reads it. */
export type OpenApiDocument = {
  openapi: string;
  info: JsonObject & { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: TagName; description: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, JsonObject>; securitySchemes: JsonObject };
};
export type OperationObject = {
  operationId: string;
  tags: [TagName];
  summary: string;
  description?: string;
  parameters: ParameterObject[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, ResponseObject>;
  security: Record<string, string[]>[];
  /** The response to `dry_run=true`. */
  'x-dry-run'?: { schema: JsonObject };
};
export type ParameterObject = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonObject;
  style?: 'form';
  explode?: boolean;
  example?: unknown;
};
export type HeaderObject = { required: boolean; description: string; schema: JsonObject; example: unknown };
export type ResponseObject = { description: string; headers: Record<string, HeaderObject>; content?: Content };
export type Content = Record<string, { schema: JsonObject; example?: unknown; examples?: Record<string, unknown> }>;
