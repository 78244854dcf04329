import type { JsonObject } from '@/lib/platform/json';
import type { SelfService } from './field';

/** Schemas to start from. */
export const TEMPLATES = ['person', 'employee', 'customer', 'device'] as const;
export type Template = (typeof TEMPLATES)[number];

export function isTemplate(value: unknown): value is Template {
  return TEMPLATES.some((template) => template === value);
}

/** The document of a template. Every field has a title in each language of the product. */
export function templateDocument(template: Template): JsonObject {
  const { title, properties, required } = DOCUMENTS[template];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    type: 'object',
    properties: { traits: { type: 'object', properties, required, additionalProperties: false } },
    required: ['traits'],
  };
}

/** A title in English, German, French, Spanish and Arabic. */
type Title = [en: string, de: string, fr: string, es: string, ar: string];
type Note = { identifier?: true; selfService: SelfService; autocomplete?: string };

function field([title, de, fr, es, ar]: Title, node: JsonObject, note: Note): JsonObject {
  return { ...node, title, 'x-signet': { ...note, titles: { de, fr, es, ar } } };
}

function text(title: Title, maxLength: number, selfService: SelfService, autocomplete?: string): JsonObject {
  return field(
    title,
    { type: 'string', maxLength },
    { selfService, ...(autocomplete !== undefined && { autocomplete }) },
  );
}

function group([title, de, fr, es, ar]: Title, properties: JsonObject): JsonObject {
  return {
    type: 'object',
    title,
    properties,
    additionalProperties: false,
    'x-signet': { titles: { de, fr, es, ar } },
  };
}

const EMAIL = field(
  ['Email', 'E-Mail', 'E-mail', 'Correo electrónico', 'البريد الإلكتروني'],
  { type: 'string', format: 'email', maxLength: 254 },
  { identifier: true, selfService: 'read', autocomplete: 'email' },
);

const nameWith = (selfService: SelfService) =>
  group(['Name', 'Name', 'Nom', 'Nombre', 'الاسم'], {
    first: text(['First name', 'Vorname', 'Prénom', 'Nombre', 'الاسم الأول'], 200, selfService, 'given-name'),
    last: text(
      ['Last name', 'Nachname', 'Nom de famille', 'Apellidos', 'اسم العائلة'],
      200,
      selfService,
      'family-name',
    ),
  });

const PHONE = field(
  ['Phone', 'Telefon', 'Téléphone', 'Teléfono', 'الهاتف'],
  { type: 'string', format: 'tel', maxLength: 50 },
  { selfService: 'write', autocomplete: 'tel' },
);

const PERSON: JsonObject = {
  email: EMAIL,
  name: nameWith('write'),
  phone: PHONE,
  birthday: field(
    ['Date of birth', 'Geburtsdatum', 'Date de naissance', 'Fecha de nacimiento', 'تاريخ الميلاد'],
    { type: 'string', format: 'date' },
    { selfService: 'writeOnce', autocomplete: 'bday' },
  ),
};

/** What the employer keeps, people may only see. */
const EMPLOYEE: JsonObject = {
  email: EMAIL,
  name: nameWith('read'),
  'employee-number': text(
    ['Employee number', 'Personalnummer', 'Numéro de salarié', 'Número de empleado', 'الرقم الوظيفي'],
    50,
    'read',
  ),
  department: text(['Department', 'Abteilung', 'Service', 'Departamento', 'القسم'], 200, 'read'),
  position: text(['Position', 'Position', 'Poste', 'Puesto', 'المنصب'], 200, 'read', 'organization-title'),
  'start-date': field(
    ['Start date', 'Eintrittsdatum', "Date d'entrée", 'Fecha de incorporación', 'تاريخ بدء العمل'],
    { type: 'string', format: 'date' },
    { selfService: 'read' },
  ),
  phone: PHONE,
};

const CUSTOMER: JsonObject = {
  email: EMAIL,
  name: nameWith('write'),
  company: text(['Company', 'Firma', 'Entreprise', 'Empresa', 'الشركة'], 200, 'write', 'organization'),
  'customer-number': text(
    ['Customer number', 'Kundennummer', 'Numéro de client', 'Número de cliente', 'رقم العميل'],
    50,
    'read',
  ),
  phone: PHONE,
  address: group(['Address', 'Adresse', 'Adresse', 'Dirección', 'العنوان'], {
    street: text(
      ['Street and number', 'Straße und Hausnummer', 'Numéro et rue', 'Calle y número', 'الشارع والرقم'],
      200,
      'write',
      'street-address',
    ),
    'postal-code': text(
      ['Postal code', 'Postleitzahl', 'Code postal', 'Código postal', 'الرمز البريدي'],
      20,
      'write',
      'postal-code',
    ),
    city: text(['City', 'Ort', 'Ville', 'Localidad', 'المدينة'], 200, 'write', 'address-level2'),
    country: text(['Country', 'Land', 'Pays', 'País', 'البلد'], 100, 'write', 'country-name'),
  }),
  newsletter: field(
    ['Newsletter', 'Newsletter', "Lettre d'information", 'Boletín', 'النشرة الإخبارية'],
    { type: 'boolean' },
    { selfService: 'write' },
  ),
};

/** Devices sign in nowhere by themselves: the serial number identifies them uniquely in their project. */
const DEVICE: JsonObject = {
  'serial-number': field(
    ['Serial number', 'Seriennummer', 'Numéro de série', 'Número de serie', 'الرقم التسلسلي'],
    { type: 'string', minLength: 1, maxLength: 100 },
    { identifier: true, selfService: 'read' },
  ),
  name: text(['Name', 'Name', 'Nom', 'Nombre', 'الاسم'], 200, 'read'),
  model: text(['Model', 'Modell', 'Modèle', 'Modelo', 'الطراز'], 200, 'read'),
  kind: field(
    ['Kind', 'Art', 'Type', 'Tipo', 'النوع'],
    { type: 'string', enum: ['sensor', 'gateway', 'camera', 'display', 'other'] },
    { selfService: 'read' },
  ),
  location: text(['Location', 'Standort', 'Emplacement', 'Ubicación', 'الموقع'], 200, 'read'),
  'in-service-since': field(
    ['In service since', 'In Betrieb seit', 'En service depuis', 'En servicio desde', 'في الخدمة منذ'],
    { type: 'string', format: 'date' },
    { selfService: 'read' },
  ),
};

const DOCUMENTS: Record<Template, { title: string; properties: JsonObject; required: string[] }> = {
  person: { title: 'Person', properties: PERSON, required: ['email'] },
  employee: { title: 'Employee', properties: EMPLOYEE, required: ['email', 'employee-number'] },
  customer: { title: 'Customer', properties: CUSTOMER, required: ['email'] },
  device: { title: 'Device', properties: DEVICE, required: ['serial-number'] },
};
