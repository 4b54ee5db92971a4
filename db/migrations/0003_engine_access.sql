-- In a select of its own the setting is read once a statement instead of once a row.
do $$
declare
  rule record;
begin
  for rule in select tablename, policyname, qual from pg_policies where schemaname = 'public' loop
    execute format('alter policy %I on %I using (%s)', rule.policyname, rule.tablename,
      replace(
        replace(rule.qual,
          '(NULLIF(current_setting(''usher.workspace''::text, true), ''''::text))::uuid',
          '(select nullif(current_setting(''usher.workspace'', true), '''')::uuid)'),
        'current_setting(''usher.across''::text, true)',
        '(select current_setting(''usher.across'', true))'));
  end loop;
end $$;
