-- Rights beside the role: given to some, taken from others.

create table user_rights (
  user_id bigint not null,
  name text not null,
  is_given boolean not null,
  constraint user_rights_pkey primary key (user_id, name),
  constraint user_rights_user_id_fkey foreign key (user_id) references users (id),
  constraint user_rights_name_check check (name in ('receive_goods', 'cancel_units', 'decide_reserved',
    'send_purchase_orders', 'correct_stock', 'mail_customers', 'count'))
);
comment on table user_rights is 'Where somebody may do more than their role, or less.';
