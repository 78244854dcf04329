'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { ChevronDown, CirclePause, CirclePlay, Layers, LogOut, Mail, Pencil, Trash2 } from '@/components/ui/icons';
import { MenuButton, MenuItem, MenuPopup } from '@/components/ui/overlay/menu';
import type { BulkRequest, Matching } from '@/lib/bulk/model';
import { useTranslations } from '@/lib/i18n/use-translations';
import type { ActionResult } from '@/lib/platform/action-result';
import type { BulkChoices } from '../jobs/choices';
import type { BulkActions } from './bulk-dialog';
import type { ChangeKind } from './change-dialog';
import { LoadedBulkDialog } from './loaded-bulk-dialog';
import { LoadedChangeDialog } from './loaded-change-dialog';
import { SELECT_PAGE_ID, useSelection } from './user-selection';

type Props = {
  /** What "all" means: the filter of the list. */
  matching: Matching;
  /** How many match; `isMore`: at least as many. */
  total: { count: number; isMore: boolean };
  pageSize: number;
  actions: BulkActions & { choices: () => Promise<ActionResult<BulkChoices>> };
  /** The page of a result is at `{base}/{id}`. */
  base: string;
};

/** In the menu: a phone has room for few buttons. */
const MORE = [
  { kind: 'activate', icon: <CirclePlay size={16} aria-hidden /> },
  { kind: 'sign_out', icon: <LogOut size={16} aria-hidden /> },
  { kind: 'invite', icon: <Mail size={16} aria-hidden /> },
] as const;

/** What can be done with the selected users; at the bottom of the window while some are. */
export function BulkBar({ matching, total, pageSize, actions, base }: Props) {
  const t = useTranslations('consoleUsers.bulk');
  const { ids, isAll, selectAll, clear } = useSelection();
  const [request, setRequest] = useState<BulkRequest>();
  const [what, setWhat] = useState<ChangeKind>();
  const [isChoosing, setChoosing] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const count = isAll ? total.count : ids.size;
  const open = (wanted: BulkRequest) => {
    setRequest(wanted);
    setOpen(true);
  };
  const choose = (wanted: ChangeKind) => {
    setWhat(wanted);
    setChoosing(true);
  };
  const text = isAll && total.isMore ? t('selectedMore', { count }) : t('selected', { count });
  // The bar, with its focused button, disappears.
  const clearAndLeave = () => {
    clear();
    document.getElementById(SELECT_PAGE_ID)?.focus();
  };
  return (
    <section aria-label={t('label')} className={count === 0 ? 'sr-only' : 'bulk-bar'}>
      <p role="status" className="text-sm font-medium tabular-nums">
        {count > 0 && text}
      </p>
      {count > 0 && (
        <>
          {(isAll || ids.size === pageSize) && (total.isMore || total.count > pageSize) && (
            <Button size="small" variant="quiet" onClick={() => selectAll(!isAll)}>
              {isAll ? t('selectOnlyPage') : t(total.isMore ? 'selectAll' : 'selectAllOf', { count: total.count })}
            </Button>
          )}
          <Button size="small" variant="quiet" onClick={clearAndLeave} className="max-sm:ms-auto">
            {t('clear')}
          </Button>
          <div className="flex grow flex-wrap gap-2">
            <Button
              size="small"
              icon={<CirclePause size={16} aria-hidden />}
              onClick={() => open({ kind: 'deactivate' })}
            >
              {t('actions.deactivate')}
            </Button>
            <Button size="small" icon={<Pencil size={16} aria-hidden />} onClick={() => choose('field')}>
              {t('change.open.field')}
            </Button>
            <MenuButton
              className={buttonStyle('secondary', 'small')}
              menu={
                <MenuPopup align="start">
                  {MORE.map(({ kind: one, icon }) => (
                    <MenuItem key={one} icon={icon} onSelect={() => open({ kind: one })}>
                      {t(`actions.${one}`)}
                    </MenuItem>
                  ))}
                  <MenuItem icon={<Layers size={16} aria-hidden />} onSelect={() => choose('schema')}>
                    {t('change.open.schema')}
                  </MenuItem>
                </MenuPopup>
              }
            >
              {t('more')}
              <ChevronDown size={16} aria-hidden />
            </MenuButton>
            <Button
              size="small"
              variant="danger"
              icon={<Trash2 size={16} aria-hidden />}
              onClick={() => open({ kind: 'delete' })}
              className="ms-auto"
            >
              {t('actions.delete')}
            </Button>
          </div>
        </>
      )}
      {what && (
        <LoadedChangeDialog
          what={what}
          isOpen={isChoosing}
          onOpenChange={setChoosing}
          choices={actions.choices}
          onChosen={(chosen) => {
            setChoosing(false);
            open(chosen);
          }}
        />
      )}
      {request && (
        <LoadedBulkDialog
          request={request}
          selection={isAll ? { matching } : { ids: [...ids] }}
          isOpen={isOpen}
          onOpenChange={setOpen}
          actions={actions}
          base={base}
        />
      )}
    </section>
  );
}
