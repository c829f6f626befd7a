-- What stands above the lines of a purchase order is said in the language of the supplier.

alter table company
  alter column purchase_order_intro set default 'Please confirm the quantities and the delivery date by e-mail.',
  add column purchase_order_intro_fr text not null
    default 'Merci de confirmer par e-mail les quantités et la date de livraison.';

update company set purchase_order_intro = default where purchase_order_intro = '';

comment on column company.purchase_order_intro is 'In English.';
comment on column company.purchase_order_intro_fr is 'In French.';
