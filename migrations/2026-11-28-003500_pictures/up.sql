create table product_pictures (
  product_id bigint not null,
  mark text not null,
  small bytea not null,
  large bytea not null,
  added_at timestamptz not null default now(),
  constraint product_pictures_pkey primary key (product_id),
  constraint product_pictures_product_id_fkey foreign key (product_id) references products (id),
  constraint product_pictures_mark_check check (length(mark) between 1 and 64)
);
comment on table product_pictures is 'What a product looks like, in JPEG.';
comment on column product_pictures.mark is 'Stands for the content: other content has another mark.';
comment on column product_pictures.small is 'For lists, at most 96 pixels on a side.';
comment on column product_pictures.large is 'For the page of the product, at most 960 pixels on a side.';
