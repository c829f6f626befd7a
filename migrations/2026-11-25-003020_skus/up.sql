-- A SKU is written in one way: letters composed, none that nobody sees, one kind of hyphen, single blanks.
create function is_sku(sku text) returns boolean immutable strict parallel safe language sql as $$
  select sku = normalize(sku, nfc)
    and sku !~ '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB]'
    and sku !~ '[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]'
    and sku !~ '[\u0009-\u000D\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]|  |^ | $'
$$;
comment on function is_sku is 'Whether a SKU is written as the program writes all of them.';

-- Of products that turn out to have one SKU, the one that is written so already keeps it, or else the oldest.
with written as (
  select id, sku, upper(normalize(btrim(regexp_replace(regexp_replace(regexp_replace(normalize(sku, nfc),
    '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB]', '', 'g'),
    '[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]', '-', 'g'),
    '[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+', ' ', 'g')), nfc)) as plain
  from products
), numbered as (
  select id, sku, coalesce(nullif(plain, ''), 'SKU') as plain,
    row_number() over (partition by coalesce(nullif(plain, ''), 'SKU') order by sku <> plain, id) as place
  from written
)
update products p
set sku = case place when 1 then plain else format('%s (%s)', left(plain, 56), place) end
from numbered n
where n.id = p.id and (n.sku <> n.plain or n.place > 1);

alter table products add constraint products_sku_form_check check (is_sku(sku));
